import { defineConfig } from "vite";

// What the server serves at "/": one page, and files named by the hash of their content.
export default defineConfig({
  plugins: [
    {
      // Every browser that runs this page reads WOFF2; KaTeX brings each font in two older formats as well.
      name: "one-format-of-each-font",
      enforce: "pre",
      transform(code, id) {
        return id.includes("katex") && id.endsWith(".css") ? code.replace(/,\s*url\([^)]*\.(?:woff|ttf)\)\s*format\([^)]*\)/g, "") : null;
      },
    },
  ],
  build: {
    target: "es2022",
    // Nothing may be inlined into the page: its content security policy lets in files of the server only.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    chunkSizeWarningLimit: 1000,
  },
  // For work on the page: npm run dev, beside a server on its usual port.
  server: { proxy: { "^/(v1|api|health|metrics)": "http://127.0.0.1:8080" } },
});
