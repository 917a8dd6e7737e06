import { publicName } from './known-as.ts';
import type { AnyRecord, Identity } from './record.ts';

/** Names of things in other sources that a record points to: who answers where it sends to, whom it lets in. */
export function pointsTo(record: AnyRecord): readonly string[] {
  if (record.kind === 'endpoint') return record.calls ?? [];
  return record.kind === 'identity' ? trustedRepositories(record) : [];
}

/** `repo:acme/site:…`, and since 2026 `repo:acme@12/site@34:…`, whose numbers alone count. */
const REPOSITORY = /^repo:([\w.-]+)(?:@\d+)?\/([\w.-]+)(?:@(\d+))?(?::|$)/;

/** Repositories whose builds are let in, whichever of them. https://docs.github.com/actions/reference/security/oidc */
function trustedRepositories({ trusts = [] }: Identity): string[] {
  return trusts
    .filter(({ issuer }) => issuer === 'token.actions.githubusercontent.com')
    .flatMap(({ subjects = [] }) => subjects)
    .flatMap((subject) => {
      const [, owner, name, id = `${owner}/${name}`] = REPOSITORY.exec(subject) ?? [];
      return owner === undefined ? [] : publicName('github-repository', id);
    });
}
