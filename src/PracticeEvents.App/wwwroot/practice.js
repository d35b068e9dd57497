// Pages work without this file. It adds only what the browser cannot do alone: focus on an error summary, a folding menu on
// narrow screens, one submission per press. A page that shows live counts or sorts in place brings its own module.
import { Button, ErrorSummary, ServiceNavigation, SkipLink, createAll } from './assets/govuk-frontend.min.js'

document.body.classList.add('js-enabled', 'govuk-frontend-supported')
createAll(Button, { preventDoubleClick: true })
createAll(ErrorSummary)
createAll(ServiceNavigation)
createAll(SkipLink)
