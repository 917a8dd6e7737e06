import { isAbout, type Statement } from '../../src/formats/aws/policy.ts';

/**
 * Each is a way to more rights than it was given: it makes a key or password of somebody else's, or changes what somebody
 * may do. https://docs.aws.amazon.com/service-authorization/latest/reference/list_identityandaccessmanagement.html
 */
const widening = (
  'CreateAccessKey CreateLoginProfile UpdateLoginProfile CreateServiceSpecificCredential AddUserToGroup ' +
  'AttachUserPolicy AttachGroupPolicy AttachRolePolicy PutUserPolicy PutGroupPolicy PutRolePolicy ' +
  'CreatePolicyVersion SetDefaultPolicyVersion UpdateAssumeRolePolicy'
)
  .split(' ')
  .map((name) => `iam:${name}`);

/** The actions among these that a policy allows on every user, role or policy. */
export function wideningIn(statements: readonly Statement[]): string[] {
  const everywhere = statements.filter(
    ({ Condition, Resource = [], NotResource }) =>
      Condition === undefined && (NotResource !== undefined || Resource.some(isEveryPrincipal)),
  );
  const says = (effect: string, action: string): boolean =>
    everywhere.some((statement) => statement.Effect === effect && isAbout(statement, action));
  return widening.filter((action) => says('Allow', action) && !says('Deny', action));
}

const isEveryPrincipal = (resource: string): boolean =>
  /^(?:\*|arn:[^:]*:iam::(?:\*|\d{12}):(?:\*|\w+\/\*))$/.test(resource);
