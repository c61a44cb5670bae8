// The search box inside a field of several choices has no label of its own: it gets the field's.
function label() {
  for (const box of document.querySelectorAll(".select2-search__field:not([aria-label])")) {
    const field = box.closest(".select2")?.previousElementSibling;
    const named = field?.id && document.querySelector(`label[for="${field.id}"]`);
    if (named) {
      box.setAttribute("aria-label", named.textContent.trim());
    }
  }
}

// Such a field is made when its script gets to it, and anew with each row that is added.
new MutationObserver(label).observe(document, { childList: true, subtree: true });
