package io.github.resilientchat.autoconfigure.quota;

import io.github.resilientchat.core.quota.QuotaListener;

/** A listener of this library's own: it is told of quotas, and is no reason to have any. */
interface BuiltInListener extends QuotaListener {}
