// A receipt that was asked for becomes a file of the reader's.

const save = () => {
  const { name, text } = props.value;
  if (!name) return;
  const link = make("a", { download: name, href: URL.createObjectURL(new Blob([text], { type: "text/plain" })) });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
  announce(`Saved ${name}`);
};

watch("value", save);
