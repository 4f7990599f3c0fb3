// What such pages do once they are there: show the text and set the title.
document.getElementById("js_content").style.visibility = "visible";
document.title = document.querySelector("meta[property='og:title']").content;
