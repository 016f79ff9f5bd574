// Wakes the design system's components and the parts of a page that keep themselves up to date.
// Every page works without it.

import { initAll } from "./govuk-frontend.js";
import { keepLive } from "./live.js";
import { startRating } from "./rate.js";

initAll();
keepLive();
startRating();
