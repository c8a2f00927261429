package io.github.resilientchat.simulator;

/**
 * The three budgets that Bedrock keeps apart for one model in one account and source Region.
 *
 * <p>Source: Service Quotas, code {@code bedrock}: "On-demand", "Cross-region" and "Global
 * cross-region model inference requests | tokens per minute".
 */
public enum Family {
  /** The base model id or its ARN. */
  ON_DEMAND,
  /** A geographic inference profile: {@code us.}, {@code eu.}, {@code jp.} and so on. */
  CROSS_REGION,
  /** A {@code global.} inference profile. */
  GLOBAL
}
