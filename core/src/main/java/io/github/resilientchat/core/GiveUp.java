package io.github.resilientchat.core;

/**
 * The call is over without an answer.
 *
 * @param reason what the caller is told: a {@link RoutingException}, or the model's own error where
 *     the request itself was refused or the caller went away
 * @param report what was tried
 */
public record GiveUp(Throwable reason, CallReport report) implements Step {}
