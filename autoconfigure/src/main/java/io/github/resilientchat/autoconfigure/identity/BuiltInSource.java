package io.github.resilientchat.autoconfigure.identity;

import io.github.resilientchat.core.CallerResolver;

/** Who this library itself asks for the caller, after the application's own resolvers. */
record BuiltInSource(CallerResolver resolver) {}
