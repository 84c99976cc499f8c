// The console: a page that asks the server it came from.

import "@fontsource-variable/inter/wght.css";
import "@fontsource-variable/jetbrains-mono/wght.css";
import "katex/dist/katex.css";
import "./styles/page.css";
import { render } from "preact";
import { watchServer } from "./api/server";
import { listenToKeys } from "./shell/keyboard";
import { applyTheme } from "./shell/preferences";
import { followLinks } from "./shell/router";
import { Shell } from "./shell/Shell";

applyTheme();
followLinks();
listenToKeys();
watchServer();
render(<Shell />, document.getElementById("console")!);
