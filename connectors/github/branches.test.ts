import { describe, expect, test } from 'vitest';
import { read } from '../../test/helpers/github.ts';
import type { VendorAnswer } from '../../test/helpers/vendor.ts';
import type { Container } from '../../src/core/record.ts';
import { protection } from '../../test/vendors/github/organisation.ts';

const reviews = protection.required_pull_request_reviews;
const unprotected: VendorAnswer = { status: 404, json: { message: 'Branch not protected' } };
const upgrade: VendorAnswer = { status: 403, json: { message: 'Upgrade to GitHub Pro or make this public' } };

const places = {
  protection: /branches\/main\/protection$/,
  rules: /rules\/branches/,
  defaults: /repos\/.*permissions\/workflow$/,
  file: /odd\.yml$/,
};
type Otherwise = { [place in keyof typeof places]?: VendorAnswer };

/** What is read where these places are answered otherwise. */
async function reading(otherwise: Otherwise = {}) {
  const tampered = Object.entries(otherwise).map(([place, answer]) => ({
    path: places[place as keyof typeof places],
    answer,
  }));
  const { records, outcome } = await read(
    ['repositories', 'environments', 'workflows'],
    {},
    { tamper: ({ path }, usual) => tampered.find((each) => each.path.test(path))?.answer ?? usual },
  );
  const branch = records.get('container/repository/101/branch/main') as Container | undefined;
  return { records, branch, outcome: outcome('workflows') };
}

const rules = (count: number): VendorAnswer => ({
  json: [{ type: 'pull_request', parameters: { required_approving_review_count: count } }],
});
const classic = (more: object, enabled = true): VendorAnswer => ({
  json: { ...protection, enforce_admins: { enabled }, required_pull_request_reviews: { ...reviews, ...more } },
});

describe('the branch that workflows run from', () => {
  test('has the stricter of rulesets and protection, and says who is let off', async () => {
    const { branch, outcome, records } = await reading();
    expect(branch).toMatchObject({
      name: 'Branch main of acme/site',
      type: 'branch',
      protection: { reviewers: 2, selfReview: false, exempt: 'nobody' },
      links: [{ rel: 'contained-in', kind: 'container', id: 'repository/101' }],
    });
    expect(outcome).toMatchObject({ outcome: 'complete' });
    // Of repositories without workflows nobody asks.
    expect([...records.values()].filter((each) => each.kind === 'container' && each.type === 'branch')).toHaveLength(1);
  });

  test.each([
    ['nothing', { protection: unprotected, rules: { json: [] } }, { reviewers: 0 }],
    ['a plan without either', { protection: upgrade, rules: upgrade }, { reviewers: 0 }],
    [
      'administrators need not wait',
      { protection: classic({}, false), rules: { json: [] } },
      { reviewers: 2, selfReview: false, exempt: 'administrators' },
    ],
    [
      'some that are named need not wait',
      {
        protection: classic({ bypass_pull_request_allowances: { users: [], teams: [{ id: 1 }], apps: null } }),
        rules: { json: [] },
      },
      { reviewers: 2, selfReview: false, exempt: 'some' },
    ],
    [
      'whom protection lets off, a ruleset may bind all the same',
      { protection: classic({}, false), rules: rules(1) },
      { reviewers: 2, selfReview: false },
    ],
    [
      'a workflow may agree in the name of whoever wrote it',
      { defaults: { json: { default_workflow_permissions: 'read', can_approve_pull_request_reviews: true } } },
      { reviewers: 2, selfReview: true, exempt: 'nobody' },
    ],
    [
      'a code owner has to agree, which a workflow is not',
      {
        protection: classic({ require_code_owner_reviews: true }),
        defaults: { json: { default_workflow_permissions: 'read', can_approve_pull_request_reviews: true } },
      },
      { reviewers: 2, selfReview: false, exempt: 'nobody' },
    ],
    [
      'protection asks for nobody: then the bypass of the ruleset is not shown',
      { protection: classic({ required_approving_review_count: 0 }), rules: rules(3) },
      { reviewers: 3, selfReview: false },
    ],
    ['rules alone', { protection: unprotected }, { reviewers: 1, selfReview: false }],
  ])('%s', async (_, otherwise, expected) => {
    const { branch, outcome } = await reading(otherwise);
    expect(branch?.protection).toEqual(expected);
    expect(branch?.gaps).toBeUndefined();
    expect(outcome).toMatchObject({ outcome: 'complete' });
  });

  test('protection that we may not see is no protection and no lack of it, and is told once', async () => {
    const refused = { protection: { status: 404, json: { message: 'Not Found' } }, rules: { json: [] } };
    const { branch, outcome } = await reading(refused);
    expect(branch).toMatchObject({ gaps: { protection: 'denied' } });
    expect(branch?.protection).toBeUndefined();
    expect(outcome).toMatchObject({ outcome: 'partial', quarantined: 1 });
    const seen = await reading({ protection: { status: 403, json: {} } });
    expect(seen.branch?.protection).toEqual({ reviewers: 1, selfReview: false });
  });
});

describe('what a workflow may that does not say it', () => {
  const without = 'on: push\njobs:\n  a: { runs-on: x, steps: [{ run: a }] }\n';
  const silent = {
    json: { type: 'file', sha: 'x', encoding: 'base64', content: Buffer.from(without).toString('base64') },
  };
  test('is what its repository says', async () => {
    const { records } = await reading({ file: silent });
    expect(records.get('workflow/64')).toMatchObject({ permissions: ['default: write'] });
    expect(records.get('workflow/64')?.gaps).not.toHaveProperty('permissions');
    expect(records.get('workflow/61')).toMatchObject({ permissions: ['contents: read'] });
  });

  test('stays unknown where we may not see that', async () => {
    const { records } = await reading({ file: silent, defaults: { status: 403, json: {} } });
    expect(records.get('workflow/64')).toMatchObject({ gaps: { permissions: 'not-seen' } });
    expect(records.get('workflow/64')).not.toHaveProperty('permissions');
  });
});

test('an environment says whether administrators need not wait for its reviewers', async () => {
  const { records } = await reading();
  expect(records.get('container/repository/101/environment/production')).toMatchObject({
    protection: { reviewers: 1, exempt: 'nobody' },
  });
});
