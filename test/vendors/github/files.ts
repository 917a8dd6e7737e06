import { createHash } from 'node:crypto';
import { github } from '../../../scanners/secrets/detectors/github.ts';
import { seeded } from '../../../scanners/secrets/samples.ts';

/** A token that somebody put into a variable, made afresh from its seed. */
export const pastedToken = github[0]?.examples.finds[0]?.(seeded(4_711)).secret ?? '';
export const pastedKey = github[1]?.examples.finds[0]?.(seeded(4_712)).secret ?? '';

const release = `name: Release
on: [push]
permissions: { contents: read }
jobs:
  deploy:
    runs-on: ubuntu-latest
    environment: production
    steps:
      - name: Sign in
        uses: aws-actions/configure-aws-credentials@v5
        with: { aws-access-key-id: "\${{ secrets.AWS_KEY_ID }}", aws-secret-access-key: "\${{ secrets.AWS_KEY }}", role-to-assume: "arn:aws:iam::123456789012:role/Release" }
      # remember: ${pastedKey}
      - run: ./deploy.sh
  check:
    uses: ./.github/workflows/odd.yml
  tidy:
    uses: ./.github/workflows/not-there.yml
`;
const files: Readonly<Record<string, string>> = {
  'site/.github/workflows/release.yml': release,
  'site/.github/workflows/odd.yml': 'just: [some, yaml]\n',
  'site/docs/CODEOWNERS': '* @acme/platform\n/.github/ ben@acme.example\n',
};

/** A file, or a folder's list, as `GET /repos/{owner}/{repo}/contents/{path}` gives it. */
export function contentsAt(path: string): unknown {
  const text = files[path];
  if (text !== undefined)
    return { ...briefly(path), encoding: 'base64', content: Buffer.from(text).toString('base64') };
  const inside = Object.keys(files).filter((each) => each.startsWith(`${path}/`));
  return inside.length === 0 ? undefined : inside.map(briefly);
}

function briefly(path: string) {
  const sha = createHash('sha1')
    .update(files[path] ?? '')
    .digest('hex');
  return { type: 'file', path: path.slice(path.indexOf('/') + 1), sha };
}
