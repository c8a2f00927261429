package io.github.resilientchat.core.quota;

import io.github.resilientchat.core.ModelCall;

/** No quotas. */
enum Unlimited implements CallerQuotas {
  INSTANCE;

  @Override
  public Admission admit(ModelCall call) {
    return Admission.Unlimited.INSTANCE;
  }
}
