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
import org.springframework.web.context.request.async.WebAsyncUtils;
import org.springframework.web.filter.OncePerRequestFilter;

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
    if (request.getAttribute(SERVED) instanceof EdgeRequest served) {
      serve(served, request, response, chain);
      return;
    }
    EdgeRequest served;
    try {
      served = begin(request);
    } catch (InvalidRequestHeaderException invalid) {
      ServletAnswer.write(FailureAnswers.invalid(invalid), response);
      return;
    }
    request.setAttribute(SERVED, served);
    WebAsyncUtils.getAsyncManager(request)
        .registerCallableInterceptor(SERVED, new ServingCallable(served));
    serve(served, request, new EdgeResponse(response, () -> headers(served)), chain);
  }

  private static void serve(
      EdgeRequest served,
      HttpServletRequest request,
      HttpServletResponse response,
      FilterChain chain)
      throws ServletException, IOException {
    try (EdgeRequest.Scope ignored = EdgeRequest.open(served)) {
      chain.doFilter(request, response);
    }
  }

  private Map<String, String> headers(EdgeRequest served) {
    return properties.enabled() ? served.lastCall().map(quotas::after).orElse(Map.of()) : Map.of();
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
