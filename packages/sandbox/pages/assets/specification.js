// Shows the specification of an API. Requests are sent from the page of an application.
const domNode = document.getElementById('specification');

window.SwaggerUIBundle({
  domNode,
  url: domNode.dataset.url,
  supportedSubmitMethods: [],
  validatorUrl: null,
  defaultModelsExpandDepth: 0,
});
