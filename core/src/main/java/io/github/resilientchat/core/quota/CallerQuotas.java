package io.github.resilientchat.core.quota;

import io.github.resilientchat.core.ModelCall;

/** Decides whether a caller may make a call, before any target is looked at. Thread-safe. */
@FunctionalInterface
public interface CallerQuotas {

  Admission admit(ModelCall call);

  /** No quotas: everybody may call. */
  static CallerQuotas unlimited() {
    return call -> Admission.Unlimited.INSTANCE;
  }
}
