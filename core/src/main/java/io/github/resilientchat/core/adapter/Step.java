package io.github.resilientchat.core.adapter;

/**
 * What a driver does next. Steps of one call follow each other; a call has one live step at a time.
 */
public sealed interface Step permits Attempt, Pause, Await, GiveUp, AlreadyEnded {}
