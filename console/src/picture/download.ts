// Files that the page makes and the browser keeps.

export function download(name: string, content: Blob): void {
  const url = URL.createObjectURL(content);
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

export function downloadJson(name: string, document: unknown): void {
  download(name, new Blob([`${JSON.stringify(document, null, 2)}\n`], { type: "application/json" }));
}
