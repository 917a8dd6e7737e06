/** Lines to paste, by command; what stands in capitals is yours to fill in. */
export const examples: { readonly [command: string]: readonly string[] } = {
  scan: [
    'rollcall scan ~/exports --db mine.db',
    'rollcall scan --config rollcall.yaml --fail-on critical --json',
    'rollcall scan - < export.json',
  ],
  check: [
    'rollcall check workflows --people people.csv',
    'rollcall check invoice-approval.json --environment test --policy strict',
    'rollcall check workflows --format sarif > rollcall.sarif',
  ],
  demo: ['rollcall demo'],
  run: ['rollcall run --config /etc/rollcall/rollcall.yaml --listen 127.0.0.1:9464', 'rollcall run --once'],
  findings: [
    'rollcall findings --severity critical',
    'rollcall findings --owner priya.nair@acme.example --state all',
    'rollcall findings --check EXP-01 --json',
    'rollcall findings --severity high --as-of 2026-09-30',
  ],
  show: ['rollcall show ID', 'rollcall show "Invoice approval"'],
  inventory: ['rollcall inventory --kind credential --text slack', 'rollcall inventory --json > inventory.jsonl'],
  owners: ['rollcall owners --orphans', 'rollcall owners --if-leaves priya.nair@acme.example'],
  risks: ['rollcall risks', 'rollcall risks --all --json'],
  explain: ['rollcall explain CRD-01', 'rollcall explain NHI7', 'rollcall explain PR.AA-05'],
  decide: [
    'rollcall decide ID accept --by YOU --until DATE --reason "The supplier signs its calls from December"',
    'rollcall decide ID approve --by SOMEBODY-ELSE',
    'rollcall decide ID assign --by YOU --to COLLEAGUE',
    'rollcall decide ADDRESS confirm-owner --by YOU',
    'rollcall decide --pending',
  ],
  retire: ['rollcall retire files:old-exports --by YOU --reason "moved to the new repository"'],
  report: [
    'rollcall report --out report.html',
    'rollcall report --out owners.csv --what owners',
    'rollcall report --format ir8286 --out risks.json',
  ],
  notify: ['rollcall notify --dry-run', 'rollcall notify --test security-team'],
  'verify-log': ['rollcall verify-log', 'rollcall verify-log --list --json > log.json'],
  init: ['rollcall init', 'rollcall init --with github,n8n --yes'],
  doctor: ['rollcall doctor', 'rollcall doctor n8n'],
  connectors: ['rollcall connectors', 'rollcall connectors github'],
};
