package io.github.resilientchat.autoconfigure.web;

import io.github.resilientchat.autoconfigure.identity.ProxyHeaders;
import io.github.resilientchat.core.CallerResolver;
import io.github.resilientchat.core.EdgeRequest;
import io.github.resilientchat.core.Ticker;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletRequestWrapper;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.core.ReactiveAdapterRegistry;
import org.springframework.core.ResolvableType;
import org.springframework.http.HttpEntity;
import org.springframework.web.context.request.async.WebAsyncUtils;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerMapping;

/**
 * Begins what calls know of the servlet request that they serve, on each thread that Spring MVC
 * serves it on. After Spring Security's filters.
 */
final class EdgeFilter extends OncePerRequestFilter implements Ordered {

  private static final String SERVED = EdgeFilter.class.getName() + ".served";

  private final @Nullable ProxyHeaders proxies;
  private final WebProperties properties;
  private final QuotaHeaders quotas;
  private final Ticker ticker;

  EdgeFilter(
      @Nullable ProxyHeaders proxies,
      WebProperties properties,
      QuotaHeaders quotas,
      Ticker ticker) {
    this.proxies = proxies;
    this.properties = properties;
    this.quotas = quotas;
    this.ticker = ticker;
  }

  @Override
  public int getOrder() {
    return -90;
  }

  @Override
  protected boolean shouldNotFilterAsyncDispatch() {
    return false;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    if (request.getAttribute(SERVED) instanceof Serving serving) {
      serve(serving, request, response, chain);
      return;
    }
    EdgeRequest served;
    try {
      served = begin(request);
    } catch (InvalidRequestHeaderException invalid) {
      ServletAnswer.write(FailureAnswers.invalid(invalid), response);
      return;
    }
    @Nullable EdgeResponse edge =
        properties.enabled() ? new EdgeResponse(response, () -> headers(served)) : null;
    Serving serving = new Serving(served, edge);
    request.setAttribute(SERVED, serving);
    WebAsyncUtils.getAsyncManager(request)
        .registerCallableInterceptor(SERVED, new ServingCallable(served));
    serve(serving, request, edge == null ? response : edge, chain);
  }

  /**
   * What is known of a request on each of its dispatches.
   *
   * @param response that says what is left; null when nothing is to be said
   */
  private record Serving(EdgeRequest request, @Nullable EdgeResponse response) {}

  private static void serve(
      Serving serving, HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    try (EdgeRequest.Scope ignored = EdgeRequest.open(serving.request())) {
      chain.doFilter(request, response);
    }
    @Nullable EdgeResponse edge = serving.response();
    if (edge != null && !request.isAsyncStarted()) {
      edge.ends();
    } else if (edge != null && serving.request().lastCall().isEmpty() && !isReactive(request)) {
      edge.opens();
    }
  }

  /** Its call may be made on another thread, soon, and be refused. */
  private static boolean isReactive(HttpServletRequest request) {
    return request.getAttribute(HandlerMapping.BEST_MATCHING_HANDLER_ATTRIBUTE)
            instanceof HandlerMethod handler
        && isReactive(ResolvableType.forMethodParameter(handler.getReturnType()));
  }

  private static boolean isReactive(ResolvableType type) {
    ResolvableType answer =
        HttpEntity.class.isAssignableFrom(type.toClass()) ? type.getGeneric() : type;
    return ReactiveAdapterRegistry.getSharedInstance().getAdapter(answer.toClass()) != null;
  }

  private Map<String, String> headers(EdgeRequest served) {
    return served.lastCall().map(quotas::after).orElse(Map.of());
  }

  private EdgeRequest begin(HttpServletRequest request) {
    Function<String, List<String>> values = name -> Collections.list(request.getHeaders(name));
    AskedTerms asked = AskedTerms.in(values, properties.requestHeaders());
    CallerResolver sender =
        proxies == null ? Optional::empty : proxies.sender(peer(request), values);
    return EdgeRequest.begin(sender, asked.timeLimit(), asked.terms(), ticker);
  }

  /** What stands behind all wrappers, one of which may believe a header. */
  private static @Nullable InetAddress peer(HttpServletRequest request) {
    ServletRequest innermost = request;
    while (innermost instanceof ServletRequestWrapper wrapper) {
      innermost = wrapper.getRequest();
    }
    try {
      return InetAddress.getByName(innermost.getRemoteAddr());
    } catch (UnknownHostException e) {
      return null;
    }
  }
}
