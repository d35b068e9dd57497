# Every target is one line over dotnet or a script in ops/. What is missing on the machine is installed on the way.
.DEFAULT_GOAL := help
.PHONY: help build test run css fmt format-check db rebuild bench bench-large soak year docs image clean

APP := artifacts/practice

help: ## show this help
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-14s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

build: ## build the app; the launcher is artifacts/practice
	@ops/build.sh

test: ## install what is needed, build, run every test; the last line is the sum
	@ops/test.sh

run: build ## start a demonstration with a made-up council: its own database, no set-up
	@ops/install/install.sh postgresql && exec $(APP) serve --demo

css: ## compile the styles (only when they changed)
	@ops/css.sh

fmt: ## format the code
	@dotnet format PracticeEvents.sln

format-check: ## fail if the code is not formatted
	@dotnet format PracticeEvents.sln --verify-no-changes --no-restore

db: build ## check the configuration, database and schema
	@ops/install/install.sh postgresql && $(APP) check

rebuild: build ## rebuild every view from the events
	@ops/install/install.sh postgresql && $(APP) rebuild

bench: css ## measure each row of docs/performance.md beside its floor or peer
	@ops/install/install.sh postgresql $(if $(filter 0,$(BENCH_PEERS)),,node) && dotnet run --project tests/PracticeEvents.Benchmarks --configuration Release

bench-large: css ## the same over ten million events: hours on a slow machine
	@ops/install/install.sh postgresql && dotnet run --project tests/PracticeEvents.Benchmarks --configuration Release -- large

soak: css ## harm three nodes and their database for SOAK_MINUTES (15) as SOAK_SEED says, and prove that nothing was lost or wrong
	@ops/install/install.sh postgresql && dotnet run --project tests/PracticeEvents.Benchmarks --configuration Release -- soak

year: css ## have an average authority live through a year of alerts and write docs/a-year-of-alerts.md
	@ops/install/install.sh postgresql && dotnet run --project tests/PracticeEvents.Benchmarks --configuration Release -- year

docs: build ## write the generated pages of docs/: the contract of events, the API document, the schema and the rule book
	@ops/install/install.sh postgresql && APPROVE=1 dotnet test tests/PracticeEvents.Domain.Tests --filter FullyQualifiedName~Event_contract && APPROVE=1 dotnet test tests/PracticeEvents.App.Tests --filter 'FullyQualifiedName~OpenApiTests|FullyQualifiedName~SchemaPageTests|FullyQualifiedName~RuleBookTests'

image: css ## publish a container image
	@dotnet publish src/PracticeEvents.App --configuration Release -t:PublishContainer

clean: ## remove everything that was built
	@rm -rf artifacts node_modules src/*/bin src/*/obj tests/*/bin tests/*/obj src/PracticeEvents.App/wwwroot/assets
