// Links to what the page holds itself: without this script they lead to the file beside the page.
for (const link of document.querySelectorAll('a[data-payload]')) {
  if (link instanceof HTMLAnchorElement) {
    payload(link.dataset['payload'] ?? '').then((content) => {
      if (content === undefined) return;
      link.href = URL.createObjectURL(new Blob([content], { type: 'text/csv' }));
    }, console.error);
  }
}
