// Draws the OpenAPI document that the page names; the key typed there stays in this tab.
const place = document.getElementById("viewer");
window.SwaggerUIBundle({
  domNode: place,
  url: place.dataset.document,
  deepLinking: true,
  persistAuthorization: false,
  validatorUrl: null,
  supportedSubmitMethods: ["get", "post", "patch", "delete"],
});
