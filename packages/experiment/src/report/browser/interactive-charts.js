// Replaces each picture by one that answers the pointer. Where that fails, the picture stays.

/** What a mark says of itself while the pointer is over it. Not for screen readers: they have the table. */
const tooltip = document.createElement('div');
tooltip.className = 'tooltip';
tooltip.hidden = true;
tooltip.ariaHidden = 'true';
document.body.append(tooltip);

/**
 * @param {unknown} _handler
 * @param {MouseEvent} event
 * @param {unknown} _item
 * @param {unknown} value
 */
function showTooltip(_handler, event, _item, value) {
  tooltip.hidden = value === null || value === undefined || value === '';
  if (tooltip.hidden) return;
  tooltip.textContent =
    typeof value === 'object' && value !== null
      ? Object.entries(value)
          .map(([name, text]) => `${name}: ${text}`)
          .join('\n')
      : String(value);
  const { width, height } = tooltip.getBoundingClientRect();
  const left = Math.min(event.clientX + 14, document.documentElement.clientWidth - width - 4);
  const below = event.clientY + 14;
  const top = below + height < window.innerHeight ? below : event.clientY - height - 14;
  tooltip.style.left = `${Math.max(4, left)}px`;
  tooltip.style.top = `${Math.max(4, top)}px`;
}

/**
 * @param {HTMLElement} figure
 * @param {object} spec
 */
async function drawChart(figure, spec) {
  const picture = figure.querySelector('.picture');
  const name =
    figure.querySelector('.still > *')?.getAttribute('aria-label') ?? figure.querySelector('img')?.alt;
  const container = document.createElement('div');
  container.className = 'live-picture';
  picture?.append(container);
  const view = new vega.View(vega.parse(spec, {}, { ast: true }), {
    expr: vegaInterpreter,
    renderer: 'svg',
    container,
    hover: true,
    logLevel: vega.Error,
    tooltip: showTooltip,
  });
  await view.runAsync();
  // One picture with the name of the still one: Vega would have made it a document of its marks.
  container.role = 'img';
  container.removeAttribute('aria-roledescription');
  container.ariaLabel = name ?? '';
  container.querySelector('svg')?.setAttribute('aria-hidden', 'true');
  figure.classList.add('live');
  if ('zoomable' in figure.dataset) {
    const hint = document.createElement('p');
    hint.className = 'facts hint';
    hint.textContent =
      'Drag to move, turn the wheel with Ctrl or ⌘ to zoom, double-click for the whole again.';
    picture?.after(hint);
  }
}

async function drawCharts() {
  const specs = JSON.parse((await (await payload('chart-specs'))?.text()) ?? '{}');
  for (const figure of document.querySelectorAll('figure[data-chart]')) {
    if (!(figure instanceof HTMLElement)) continue;
    await drawChart(figure, specs[figure.dataset['chart'] ?? '']).catch(console.error);
  }
  document.documentElement.dataset['drawn'] = 'true';
}

drawCharts().catch(console.error);
