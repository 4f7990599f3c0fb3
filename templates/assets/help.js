// The shortcuts as this reader has them: each can be changed, and all can be turned off.

const form = document.getElementById("key-form");
const status = form.querySelector(".status");
const on = document.getElementById("keys-on");
const load = () => { try { return JSON.parse(localStorage.getItem("changdu.keys")) || {}; } catch { return {}; } };
const save = (keys) => { localStorage.setItem("changdu.keys", JSON.stringify(keys)); status.textContent = status.dataset.saved; };

on.checked = !load().off;
on.addEventListener("change", () => save({ ...load(), off: !on.checked }));
for (const key of document.querySelectorAll("[data-key]")) {
  const name = key.dataset.key;
  const label = key.closest("tr").querySelector("th span").textContent;
  const input = Object.assign(document.createElement("input"), { maxLength: 1, value: (load().map || {})[name] || key.textContent.slice(-1), ariaLabel: label });
  input.addEventListener("input", () => {
    const value = input.value.toUpperCase();
    if (/^[A-Z0-9]$/.test(value)) save({ ...load(), map: { ...load().map, [name]: value } });
  });
  key.replaceChildren(key.textContent.slice(0, -1), input);
}
form.hidden = false;
