package app.mushroom.api.web;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.Resource;
import org.springframework.http.CacheControl;
import org.springframework.util.DigestUtils;
import org.springframework.web.servlet.config.annotation.ResourceHandlerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * The files of the page, from inside this application. Browsers ask again each time, and get 304
 * while the content is the same.
 */
@Configuration(proxyBeanMethods = false)
class Page implements WebMvcConfigurer {
  static final String INDEX = "/index.html";

  private final Map<String, String> etags = new ConcurrentHashMap<>();

  @Override
  public void addResourceHandlers(ResourceHandlerRegistry registry) {
    registry
        .addResourceHandler("/**")
        .addResourceLocations("classpath:/page/")
        .setUseLastModified(false)
        .setEtagGenerator(this::etag)
        .setCacheControl(CacheControl.noCache());
  }

  private String etag(Resource resource) {
    return etags.computeIfAbsent(
        resource.getDescription(),
        description -> {
          try {
            // Weak, because Tomcat sends nothing compressed that has a strong one.
            return "W/\"" + DigestUtils.md5DigestAsHex(resource.getContentAsByteArray()) + '"';
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }
}
