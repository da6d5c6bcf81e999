// Draws the API's description. Nothing loads from elsewhere, and a key that is typed in is forgotten with the page.
const place = document.getElementById("description");

window.SwaggerUIBundle({
  url: place.dataset.url,
  domNode: place,
  deepLinking: true,
  defaultModelsExpandDepth: 0,
  validatorUrl: null,
  persistAuthorization: false,
});
