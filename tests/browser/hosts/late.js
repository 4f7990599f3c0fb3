// A page that React makes after its data has come; until then there is nothing of the article in it.
const { createElement: e, useEffect, useState } = React;

function Story() {
  const [story, setStory] = useState(null);
  const [likes, setLikes] = useState(0);
  useEffect(() => {
    const timer = setTimeout(() => fetch("/late.json").then((answer) => answer.json()).then(setStory), 300);
    return () => clearTimeout(timer);
  }, []);
  if (!story) return e("main", null, e("h1", null, "…"));
  return e("main", null,
    e("article", null,
      e("h1", null, story.title),
      e("p", { className: "by" }, story.by),
      e("changdu-player", { "send-page": "" }),
      story.paragraphs.map((paragraph, n) => e("p", { key: n }, paragraph.map((part, m) => (m % 2 ? e("em", { key: m }, part) : part))))),
    e("p", null, e("button", { type: "button", onClick: () => setLikes(likes + 1) }, `喜歡 ${likes}`)));
}

ReactDOM.createRoot(document.getElementById("root")).render(e(Story));
