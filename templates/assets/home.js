// A file may be dropped anywhere on its field.

const field = document.querySelector(".drop");
const input = field.querySelector("input");
for (const name of ["dragover", "dragleave", "drop"]) {
  field.addEventListener(name, (event) => {
    event.preventDefault();
    field.classList.toggle("over", name === "dragover");
    if (name === "drop" && event.dataTransfer.files.length) input.files = event.dataTransfer.files;
  });
}
