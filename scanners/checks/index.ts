import type { Check } from '../../src/sdk/index.ts';
import { actsAsAuthor } from './agents/acts-as-author.ts';
import { actsWithoutApproval } from './agents/acts-without-approval.ts';
import { agentWithoutOwner } from './agents/agent-without-owner.ts';
import { looseServer } from './agents/loose-server.ts';
import { openToAll } from './agents/open-to-all.ts';
import { secretInAgentConfiguration } from './agents/secret-in-agent-configuration.ts';
import { deprecatedMethod } from './authentication/deprecated-method.ts';
import { openTrust } from './authentication/open-trust.ts';
import { staticCloudKeyInBuild } from './authentication/static-cloud-key-in-build.ts';
import { unauthenticatedTrigger } from './authentication/unauthenticated-trigger.ts';
import { unprotectedTransport } from './authentication/unprotected-transport.ts';
import { unsignedWebhook } from './authentication/unsigned-webhook.ts';
import { usableFromAnywhere } from './authentication/usable-from-anywhere.ts';
import { acceptanceExpired } from './duties/acceptance-expired.ts';
import { attestationOverdue } from './duties/attestation-overdue.ts';
import { conflictingRights } from './duties/conflicting-rights.ts';
import { onePersonAllDuties } from './duties/one-person-all-duties.ts';
import { remedyNotEffective } from './duties/remedy-not-effective.ts';
import { reviewerNotIndependent } from './duties/reviewer-not-independent.ts';
import { crossesEnvironments } from './environment/crosses-environments.ts';
import { unknownEnvironment } from './environment/unknown-environment.ts';
import { knownLeak } from './exposure/known-leak.ts';
import { secretInConfiguration } from './exposure/secret-in-configuration.ts';
import { secretInDefinition } from './exposure/secret-in-definition.ts';
import { secretInRepository } from './exposure/secret-in-repository.ts';
import { secretInRunData } from './exposure/secret-in-run-data.ts';
import { sharedWithEveryone } from './exposure/shared-with-everyone.ts';
import { leaverCouldRead } from './human/leaver-could-read.ts';
import { personalAccount } from './human/personal-account.ts';
import { signsInByHand } from './human/signs-in-by-hand.ts';
import { newSinceBaseline } from './inventory/new-since-baseline.ts';
import { unapprovedConnector } from './inventory/unapproved-connector.ts';
import { unreadArea } from './inventory/unread-area.ts';
import { vanished } from './inventory/vanished.ts';
import { dormant } from './lifetime/dormant.ts';
import { expiredStillAttached } from './lifetime/expired-still-attached.ts';
import { expiresSoon } from './lifetime/expires-soon.ts';
import { expiryTooFar } from './lifetime/expiry-too-far.ts';
import { legacyKind } from './lifetime/legacy-kind.ts';
import { neverExpires } from './lifetime/never-expires.ts';
import { neverUsed } from './lifetime/never-used.ts';
import { noUsageEvidence } from './lifetime/no-usage-evidence.ts';
import { pastRotationLimit } from './lifetime/past-rotation-limit.ts';
import { rotationNotRunning } from './lifetime/rotation-not-running.ts';
import { tooManyValid } from './lifetime/too-many-valid.ts';
import { weakKey } from './lifetime/weak-key.ts';
import { noBackup } from './ownership/no-backup.ts';
import { noOwner } from './ownership/no-owner.ts';
import { orphaned } from './ownership/orphaned.ts';
import { ownerExternal } from './ownership/owner-external.ts';
import { ownerInferred } from './ownership/owner-inferred.ts';
import { ownerMoved } from './ownership/owner-moved.ts';
import { ownerNotAPerson } from './ownership/owner-not-a-person.ts';
import { administrativeRole } from './privilege/administrative-role.ts';
import { grownSinceApproval } from './privilege/grown-since-approval.ts';
import { highRiskScope } from './privilege/high-risk-scope.ts';
import { managesIdentities } from './privilege/manages-identities.ts';
import { reachesEverything } from './privilege/reaches-everything.ts';
import { unusedRights } from './privilege/unused-rights.ts';
import { identityForSeveralPurposes } from './reuse/identity-for-several-purposes.ts';
import { sameSecretInSeveralPlaces } from './reuse/same-secret-in-several-places.ts';
import { eventsUnprotected } from './signature/events-unprotected.ts';
import { impersonatesAnyone } from './signature/impersonates-anyone.ts';
import { keyInSandboxToo } from './signature/key-in-sandbox-too.ts';
import { leftStanding } from './signature/left-standing.ts';
import { openInvitation } from './signature/open-invitation.ts';
import { preparesAndSigns } from './signature/prepares-and-signs.ts';
import { standingDelegation } from './signature/standing-delegation.ts';
import { tokenInEvents } from './signature/token-in-events.ts';
import { consentedByUser } from './third-party/consented-by-user.ts';
import { keptAfterUse } from './third-party/kept-after-use.ts';
import { looseComponent } from './third-party/loose-component.ts';
import { unverifiedPublisher } from './third-party/unverified-publisher.ts';
import { outsideApprovedStore } from './vault/outside-approved-store.ts';
import { readableTooWidely } from './vault/readable-too-widely.ts';
import { dataLeaves } from './workflow/data-leaves.ts';
import { idleWithCredentials } from './workflow/idle-with-credentials.ts';
import { loggingOff } from './workflow/logging-off.ts';
import { noReview } from './workflow/no-review.ts';
import { runsWhatStrangersSend } from './workflow/runs-what-strangers-send.ts';

/** Every check, in the order of the files that declare them. */
export const checks: readonly Check[] = [
  actsAsAuthor,
  actsWithoutApproval,
  agentWithoutOwner,
  looseServer,
  openToAll,
  secretInAgentConfiguration,
  deprecatedMethod,
  openTrust,
  staticCloudKeyInBuild,
  unauthenticatedTrigger,
  unprotectedTransport,
  unsignedWebhook,
  usableFromAnywhere,
  acceptanceExpired,
  attestationOverdue,
  conflictingRights,
  onePersonAllDuties,
  remedyNotEffective,
  reviewerNotIndependent,
  crossesEnvironments,
  unknownEnvironment,
  knownLeak,
  secretInConfiguration,
  secretInDefinition,
  secretInRepository,
  secretInRunData,
  sharedWithEveryone,
  leaverCouldRead,
  personalAccount,
  signsInByHand,
  newSinceBaseline,
  unapprovedConnector,
  unreadArea,
  vanished,
  dormant,
  expiredStillAttached,
  expiresSoon,
  expiryTooFar,
  legacyKind,
  neverExpires,
  neverUsed,
  noUsageEvidence,
  pastRotationLimit,
  rotationNotRunning,
  tooManyValid,
  weakKey,
  noBackup,
  noOwner,
  orphaned,
  ownerExternal,
  ownerInferred,
  ownerMoved,
  ownerNotAPerson,
  administrativeRole,
  grownSinceApproval,
  highRiskScope,
  managesIdentities,
  reachesEverything,
  unusedRights,
  identityForSeveralPurposes,
  sameSecretInSeveralPlaces,
  eventsUnprotected,
  impersonatesAnyone,
  keyInSandboxToo,
  leftStanding,
  openInvitation,
  preparesAndSigns,
  standingDelegation,
  tokenInEvents,
  consentedByUser,
  keptAfterUse,
  looseComponent,
  unverifiedPublisher,
  outsideApprovedStore,
  readableTooWidely,
  dataLeaves,
  idleWithCredentials,
  loggingOff,
  noReview,
  runsWhatStrangersSend,
];
