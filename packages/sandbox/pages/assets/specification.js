// Shows the specification of an API. Requests are sent from the page of an application.
const domNode = document.getElementById('specification');

const hidden = () => () => null;

window.SwaggerUIBundle({
  domNode,
  url: domNode.dataset.url,
  supportedSubmitMethods: [],
  validatorUrl: null,
  defaultModelsExpandDepth: 0,
  // Credentials are of no use without requests.
  plugins: [{ wrapComponents: { authorizeBtn: hidden, authorizeOperationBtn: hidden } }],
});

// Swagger UI has no options for these.
new MutationObserver(() => {
  orderHeadings();
  nameControls();
  keepTables();
}).observe(domNode, { childList: true, subtree: true });

/** Puts headings below that of the page, without gaps. Descriptions have headings of their own. */
function orderHeadings() {
  let previous = 2;
  for (const heading of domNode.querySelectorAll('h1, h2, h3, h4, h5, h6')) {
    const own = Number(heading.localName.at(1));
    const level = heading.closest('.renderedMarkdown') ? own + 3 : Math.max(own, 3);
    previous = Math.min(level, previous + 1, 6);
    heading.setAttribute('aria-level', previous);
  }
}

/** Names each control that has no name after its parameter, property or variable. */
function nameControls() {
  const isNamed = ({ ariaLabel, localName, textContent }) =>
    ariaLabel || (localName === 'button' && textContent.trim());
  const controls = [...domNode.querySelectorAll('button, input, select, textarea')];
  for (const control of controls.filter((each) => !isNamed(each))) {
    const row = control.closest('[data-param-name], .property-row, .servers tr');
    control.ariaLabel = row?.dataset.paramName ?? row?.cells[0].textContent ?? nameOf(control);
  }
}

function nameOf({ id, localName }) {
  if (localName === 'button') {
    return 'Schema';
  }
  return id === 'servers' ? 'Server' : 'Example';
}

/** Swagger UI makes regions of tables, which hides their rows and cells from assistive technology. */
function keepTables() {
  for (const table of domNode.querySelectorAll('table[role=region]')) {
    table.removeAttribute('role');
  }
}
