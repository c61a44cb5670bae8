/* A search box with suggestions (ARIA combobox), on the admin's own autocomplete address.

   <div data-combobox="app_label=…&model_name=…&field_name=…">
     <label for="words"> <input type="hidden" name="…"> <input type="text" id="words">
   </div>
   The hidden field holds the key of what was chosen, and nothing once the words are changed. */

const WAIT = 150;
const MOST = 8;
let made = 0;

export function dress(root, address) {
  for (const box of root.querySelectorAll("[data-combobox]")) {
    if (!box.dataset.dressed) dressOne(box, address);
  }
}

function dressOne(box, address) {
  box.dataset.dressed = "1";
  const key = box.querySelector("input[type=hidden]");
  const words = box.querySelector("input[type=text]");
  const list = document.createElement("ul");
  list.id = `combobox-${(made += 1)}`;
  list.className = "fc-options";
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", "Suggestions");
  list.hidden = true;
  words.after(list);
  words.setAttribute("role", "combobox");
  words.setAttribute("aria-autocomplete", "list");
  words.setAttribute("aria-controls", list.id);
  words.setAttribute("aria-expanded", "false");

  let timer = 0;
  let asked = 0;
  let active = -1;

  const close = () => {
    list.hidden = true;
    list.replaceChildren();
    active = -1;
    words.setAttribute("aria-expanded", "false");
    words.removeAttribute("aria-activedescendant");
  };
  const mark = (index) => {
    const options = [...list.children];
    active = options.length ? (index + options.length) % options.length : -1;
    options.forEach((option, at) => option.setAttribute("aria-selected", String(at === active)));
    if (active >= 0) {
      words.setAttribute("aria-activedescendant", options[active].id);
      options[active].scrollIntoView({ block: "nearest" });
    }
  };
  const choose = (option) => {
    key.value = option.dataset.key;
    words.value = option.textContent;
    key.dispatchEvent(new Event("change", { bubbles: true }));
    close();
  };
  const search = async () => {
    const mine = (asked += 1);
    const term = words.value.trim();
    if (!term) return close();
    let found = [];
    try {
      const response = await fetch(`${address}?${box.dataset.combobox}&term=${encodeURIComponent(term)}`);
      if (response.ok) found = (await response.json()).results.slice(0, MOST);
    } catch {
      found = [];
    }
    if (mine !== asked || document.activeElement !== words) return undefined;
    list.replaceChildren(
      ...found.map((row, at) => {
        const option = document.createElement("li");
        option.id = `${list.id}-${at}`;
        option.setAttribute("role", "option");
        option.dataset.key = row.id;
        option.textContent = row.text;
        option.addEventListener("mousedown", (event) => {
          event.preventDefault();
          choose(option);
        });
        return option;
      }),
    );
    list.hidden = !found.length;
    words.setAttribute("aria-expanded", String(found.length > 0));
    mark(0);
    return undefined;
  };

  words.addEventListener("input", () => {
    key.value = "";
    clearTimeout(timer);
    timer = setTimeout(search, WAIT);
  });
  words.addEventListener("blur", close);
  words.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (list.hidden) search();
      else mark(active + (event.key === "ArrowDown" ? 1 : -1));
    } else if (event.key === "Enter" && !list.hidden && active >= 0) {
      event.preventDefault();
      choose(list.children[active]);
    } else if (event.key === "Escape" && !list.hidden) {
      event.stopPropagation();
      close();
    }
  });
}
