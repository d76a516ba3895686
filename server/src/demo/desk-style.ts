/** The desk's style sheet: paper, one line of type, no decoration. */

/** CSS text. */
export const DESK_STYLE = `:root {
  --paper: #faf9f6; --surface: #fff; --ink: #17202a; --quiet: #4a5561; --line: #d9dde2;
  --action: #1f4e8c; --valid: #0f6b45; --caution: #8a5300; --invalid: #a3170f;
  color-scheme: light dark;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #12171d; --surface: #1b222a; --ink: #eef1f4; --quiet: #b3bdc8; --line: #36414d;
    --action: #9cc2f5; --valid: #6fd3a5; --caution: #f0b95c; --invalid: #ff9c93;
  }
}
* { box-sizing: border-box; }
body {
  margin: 0; background: var(--paper); color: var(--ink); font-size: 16px; line-height: 1.5;
  font-family: "PingFang SC", "HarmonyOS Sans SC", MiSans, "Microsoft YaHei", "Noto Sans CJK SC", system-ui, sans-serif;
  font-variant-numeric: tabular-nums;
}
main { max-width: 1080px; margin: 0 auto; padding: 32px 20px 64px; }
h1 { font-size: 31px; line-height: 1.25; margin: 0 0 4px; }
h2 { font-size: 20px; margin: 48px 0 12px; padding-top: 16px; border-top: 1px solid var(--line); }
h3 { font-size: 16px; margin: 0; }
p { margin: 0 0 12px; max-width: 44em; }
a { color: var(--action); }
a:focus-visible, button:focus-visible, select:focus-visible, input:focus-visible, summary:focus-visible {
  outline: 3px solid var(--action); outline-offset: 2px;
}
.en { color: var(--quiet); font-size: 14px; }
.quiet { color: var(--quiet); }
.number { overflow-wrap: anywhere; font-size: 14px; color: var(--quiet); }
.places, .steps { display: flex; flex-wrap: wrap; gap: 12px; padding: 0; margin: 20px 0 0; list-style: none; }
.button, button {
  display: inline-flex; align-items: center; min-height: 44px; padding: 8px 16px; border-radius: 6px;
  border: 1px solid var(--action); background: var(--surface); color: var(--action);
  font: inherit; text-decoration: none; cursor: pointer;
}
.button.main, button.main { background: var(--action); color: var(--paper); }
button.stop { border-color: var(--invalid); color: var(--invalid); }
.grid { display: grid; gap: 16px; grid-template-columns: repeat(auto-fill, minmax(300px, 1fr)); }
.card { background: var(--surface); border: 1px solid var(--line); border-radius: 12px; padding: 20px; }
.card { display: flex; flex-direction: column; align-items: flex-start; }
.card > * + * { margin-top: 12px; }
.card > .button { margin-top: auto; }
.card > :has(+ .button) { margin-bottom: 16px; }
.card h3 .en, p > .en { display: block; font-weight: 400; }
.card p { margin-bottom: 0; }
main > .card + p { margin-top: 20px; }
.qr { display: block; width: 100%; max-width: 340px; height: auto; background: #fff; border-radius: 6px; }
.code { font-size: 31px; letter-spacing: 0.12em; font-weight: 600; margin: 0; }
.state { font-weight: 600; }
.state::before { content: "● "; }
.state.valid { color: var(--valid); }
.state.suspended { color: var(--caution); }
.state.revoked { color: var(--invalid); }
.row { display: flex; flex-wrap: wrap; gap: 8px; align-items: center; }
.row form { margin: 0; }
.card .row button { padding: 8px 10px; }
select, input { font: inherit; min-height: 44px; padding: 8px; border-radius: 6px; border: 1px solid var(--quiet); background: var(--surface); color: var(--ink); max-width: 100%; }
label { display: block; }
fieldset { margin: 0 0 12px; padding: 8px 12px; border: 1px solid var(--line); border-radius: 6px; }
fieldset label { display: flex; align-items: center; gap: 8px; min-height: 44px; }
fieldset input { flex: none; width: 20px; min-height: 20px; }
.card label + :is(input, select) { margin-top: 4px; width: 100%; }
.seal { width: 45mm; height: 45mm; object-fit: contain; background: #fff; border-radius: 6px; padding: 2mm; align-self: center; }
.paper-code { width: 50mm; height: 50mm; background: #fff; }
.wide { overflow-wrap: anywhere; font-size: 14px; white-space: pre-wrap; }
@media print { .button, button, nav { display: none; } body { background: #fff; } }
`
