package io.github.resilientchat.simulator;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * One event of a stream before it is encoded.
 *
 * @param characters of the answer that it carries, from which sent tokens are counted
 */
record Frame(String eventType, JsonNode payload, long characters) {}
