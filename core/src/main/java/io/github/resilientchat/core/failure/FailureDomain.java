package io.github.resilientchat.core.failure;

/**
 * What one failure says about others: every target with the same key in the domain rests. Model
 * means the target's model, not its foundation model: another inference profile has another quota
 * and sends calls to other places, and is where a call may well go next.
 */
public enum FailureDomain {
  /** Says nothing about later calls. */
  NONE,
  /** This place alone, under whatever target names. */
  TARGET,
  /** The quota that the target draws on: account, Region and model. */
  QUOTA_KEY,
  /** The model's capacity in the Region, shared by all accounts. */
  REGION_MODEL,
  /** Everything the provider's account has in the Region, under whatever names. */
  ACCOUNT_REGION,
  /** Everything that is reached as this account: two roles in one have keys of their own. */
  ACCOUNT,
  /** Everything the provider's account has, under whatever names: quotas are its own. */
  QUOTA_ACCOUNT
}
