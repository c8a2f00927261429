package io.github.resilientchat.bedrock;

import java.util.List;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.SdkHttpResponse;

/**
 * Takes a negative Retry-After off an error response. The SDK (2.54.14) refuses one with an {@code
 * IllegalArgumentException}, which then hides what the service said.
 */
final class NoPastRetryAfter implements ExecutionInterceptor {

  @Override
  public SdkHttpResponse modifyHttpResponse(
      Context.ModifyHttpResponse context, ExecutionAttributes attributes) {
    SdkHttpResponse response = context.httpResponse();
    for (String header : List.of(RetryAfter.SECONDS, RetryAfter.MILLIS)) {
      if (response.firstMatchingHeader(header).filter(value -> isNegative(value)).isPresent()) {
        response = without(response, header);
      }
    }
    return response;
  }

  private static boolean isNegative(String value) {
    return value.trim().startsWith("-");
  }

  private static SdkHttpResponse without(SdkHttpResponse response, String header) {
    SdkHttpResponse.Builder builder = response.toBuilder();
    response.headers().keySet().stream()
        .filter(header::equalsIgnoreCase)
        .forEach(builder::removeHeader);
    return builder.build();
  }
}
