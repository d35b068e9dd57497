-- What was put in line today and counts against a budget is counted whenever something is said.
create index outbox_budget on practice.outbox (channel, created_at) where payload ->> 'Role' is not null;
