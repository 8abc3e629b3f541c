import { spawn } from "node:child_process";
import { rm } from "node:fs/promises";
import type { Readable, Writable } from "node:stream";
import { inTemporaryDirectory } from "./temporary-directory.js";

/** A page in a browser, and what it did that it should not. */
export interface BrowserPage {
  /** Evaluates an expression in the page and gives its value, which must be JSON. */
  readonly evaluate: <Value>(expression: string) => Promise<Value>;
  /** Sends a command of the DevTools protocol to the page. */
  readonly send: (method: string, params?: object) => Promise<Readonly<Record<string, unknown>>>;
  /** Console messages, exceptions and violations of the policy, as they came. */
  readonly complaints: readonly string[];
  /** Addresses that were asked for, but the page itself. */
  readonly requests: readonly string[];
}

interface Message {
  readonly id?: number;
  readonly method?: string;
  readonly sessionId?: string;
  readonly params?: Readonly<Record<string, unknown>>;
  readonly result?: Readonly<Record<string, unknown>>;
  readonly error?: { readonly message: string };
}

/** Opens an address in a headless Chromium of its own, waits until it is loaded, runs `work`, and ends the browser. */
export async function withPage(address: string, work: (page: BrowserPage) => Promise<void>): Promise<void> {
  await inTemporaryDirectory(async (profile) => {
    const browser = spawn(
      process.env["CHROMIUM"] ?? "chromium",
      [
        "--headless=new",
        "--remote-debugging-pipe",
        "--disable-gpu",
        "--no-first-run",
        `--user-data-dir=${profile}`,
        // A process that may do everything has no sandbox to lose.
        ...(process.getuid?.() === 0 ? ["--no-sandbox"] : []),
      ],
      { stdio: ["ignore", "ignore", "ignore", "pipe", "pipe"] },
    );
    const ended = new Promise((resolve) => browser.once("exit", resolve));
    try {
      await openPage(connectionOf(browser.stdio[3] as Writable, browser.stdio[4] as Readable), address, work);
    } finally {
      browser.kill("SIGKILL");
      await ended;
      await rm(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
    }
  });
}

interface Connection {
  readonly send: (method: string, params?: object, sessionId?: string) => Promise<Readonly<Record<string, unknown>>>;
  readonly listen: (listener: (message: Message) => void) => void;
}

/** Messages are JSON, each ended by a zero byte. */
function connectionOf(to: Writable, from: Readable): Connection {
  const waiting = new Map<
    number,
    { resolve: (result: Readonly<Record<string, unknown>>) => void; reject: (error: Error) => void }
  >();
  const listeners: ((message: Message) => void)[] = [];
  let received = "";
  let last = 0;
  from.setEncoding("utf8");
  from.on("data", (text: string) => {
    const messages = (received + text).split("\0");
    received = messages.pop() ?? "";
    for (const message of messages.map((json) => JSON.parse(json) as Message)) {
      const caller = waiting.get(message.id ?? 0);
      if (message.error !== undefined) caller?.reject(new Error(message.error.message));
      else caller?.resolve(message.result ?? {});
      for (const listener of listeners) listener(message);
    }
  });
  return {
    send: async (method, params = {}, sessionId) => {
      const id = ++last;
      const answer = new Promise<Readonly<Record<string, unknown>>>((resolve, reject) =>
        waiting.set(id, { resolve, reject }),
      );
      to.write(`${JSON.stringify({ id, method, params, ...(sessionId === undefined ? {} : { sessionId }) })}\0`);
      return await answer;
    },
    listen: (listener) => void listeners.push(listener),
  };
}

async function openPage(
  connection: Connection,
  address: string,
  work: (page: BrowserPage) => Promise<void>,
): Promise<void> {
  const { targetId } = await connection.send("Target.createTarget", { url: "about:blank" });
  const { sessionId } = await connection.send("Target.attachToTarget", { targetId, flatten: true });
  const send: BrowserPage["send"] = async (method, params) => await connection.send(method, params, String(sessionId));
  const complaints: string[] = [];
  const requests: string[] = [];
  const loaded = new Promise<void>((resolve) => {
    connection.listen(({ method, params = {} }) => {
      if (method === "Page.loadEventFired") resolve();
      if (method === "Network.requestWillBeSent") requests.push((params["request"] as { url: string }).url);
      if (method === "Log.entryAdded") complaints.push((params["entry"] as { text: string }).text);
      if (method === "Runtime.consoleAPICalled" || method === "Runtime.exceptionThrown")
        complaints.push(JSON.stringify(params));
      if (method === "Page.javascriptDialogOpening") complaints.push(`dialog: ${String(params["message"])}`);
    });
  });
  for (const domain of ["Page", "Network", "Runtime", "Log"]) await send(`${domain}.enable`);
  await send("Page.navigate", { url: address });
  await loaded;
  await work({
    send,
    complaints,
    get requests() {
      return requests.filter((url) => url !== address && url !== "data:,");
    },
    evaluate: async <Value>(expression: string) => {
      const { result, exceptionDetails } = await send("Runtime.evaluate", { expression, returnByValue: true });
      if (exceptionDetails !== undefined) throw new Error(JSON.stringify(exceptionDetails));
      return (result as { value: Value }).value;
    },
  });
}
