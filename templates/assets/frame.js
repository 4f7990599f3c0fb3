// For pages that have the player in frames: each frame is as tall as what is in it.
{
  const { origin } = new URL(document.currentScript.src);
  addEventListener("message", (event) => {
    if (event.origin !== origin || event.data?.changdu !== "height") return;
    const frame = [...document.querySelectorAll("iframe")].find(({ contentWindow }) => contentWindow === event.source);
    if (frame) frame.height = event.data.height;
  });
}
