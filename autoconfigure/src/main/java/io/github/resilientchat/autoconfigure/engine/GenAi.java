package io.github.resilientchat.autoconfigure.engine;

/** Which of OpenTelemetry's names for calls of models are measured. */
public enum GenAi {
  /** Those that the frameworks use, measured by them alone, or tokens would be counted twice. */
  CURRENT,
  /** Those of 2026 as well, measured here for both frameworks: no framework has them yet. */
  LATEST,
  /** None: the frameworks' models are not observed either. */
  OFF
}
