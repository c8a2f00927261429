package io.github.resilientchat.core;

/** Something that a request may hold and not every target can be sent. */
public enum Capability {
  /** The model may ask for tools to be called. */
  TOOLS,
  /** The request holds images. */
  IMAGES,
  /** The request holds documents. */
  DOCUMENTS,
  /** The answer must follow a JSON schema. */
  JSON_SCHEMA,
  /** The request holds instructions of the system. */
  SYSTEM_PROMPTS,
  /** A guardrail must look at the request and the answer. */
  GUARDRAIL,
  /** The request says how the model is to reason; left out where a target cannot. */
  REASONING,
  /**
   * The request gives reasoning a number of tokens, where others only say how much effort it is
   * worth; a target that cannot is asked to reason as far as it sees fit.
   */
  REASONING_BUDGET,
  /** The request marks what a prompt cache may keep; left out where a target cannot. */
  CACHE_POINTS,
  /** The request asks for a service tier; left out where a target cannot. */
  SERVICE_TIER,
  /** The request asks for a latency; left out where a target cannot. */
  LATENCY
}
