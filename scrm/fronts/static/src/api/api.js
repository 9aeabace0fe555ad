// The page on which /v1 can be tried: Swagger UI over our own document, from our own origin.
import SwaggerUI from "swagger-ui-dist/swagger-ui-es-bundle.js";
import { newId } from "../design/newid.js";
import { speak } from "./words.js";

const KEY = "Idempotency-Key";
const stage = document.querySelector("#trial");

/** Each press of the button is an act of its own, unless somebody typed a key of theirs to see the replay. */
function withFreshKey(request) {
  if (request.headers[KEY] === stage.dataset.exampleKey) request.headers[KEY] = newId();
  return request;
}

speak(stage, JSON.parse(document.getElementById("words").textContent));

SwaggerUI({
  domNode: stage,
  url: stage.dataset.document,
  docExpansion: "list",
  defaultModelsExpandDepth: -1,
  displayRequestDuration: true,
  validatorUrl: null,
  deepLinking: true,
  requestInterceptor: withFreshKey,
});
