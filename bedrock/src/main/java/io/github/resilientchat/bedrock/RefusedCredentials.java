package io.github.resilientchat.bedrock;

import io.github.resilientchat.core.failure.FailureKind;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttribute;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;

/** Tells an account's credentials that the service did not take them, so that the next try asks. */
record RefusedCredentials(Refusable credentials) implements ExecutionInterceptor {

  private static final ExecutionAttribute<Integer> GENERATION =
      new ExecutionAttribute<>("ResilientCredentialsGeneration");

  @Override
  public void beforeExecution(Context.BeforeExecution context, ExecutionAttributes attributes) {
    attributes.putAttribute(GENERATION, credentials.generation());
  }

  @Override
  public void onExecutionFailure(Context.FailedExecution context, ExecutionAttributes attributes) {
    Integer generation = attributes.getAttribute(GENERATION);
    if (generation != null
        && StreamErrors.unwrapped(context.exception()) instanceof AwsServiceException answer) {
      FailureKind kind = ServiceErrors.failureOf(answer).kind();
      if (kind == FailureKind.UNAUTHENTICATED) {
        credentials.refused(generation);
      } else if (kind == FailureKind.NOT_PERMITTED) {
        credentials.denied(generation);
      }
    }
  }
}
