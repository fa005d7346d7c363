package app.mushroom.api.web;

import app.mushroom.api.identification.Sentences;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.info.Info;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What {@code /v3/api-docs} says of the API as a whole. */
@Configuration(proxyBeanMethods = false)
class ApiDescription {

  @Bean
  OpenAPI openApi() {
    return new OpenAPI()
        .info(
            new Info()
                .title("Mushroom App")
                .version("1")
                .description(
                    "Tells from a photo which mushroom it is and whether it could hurt you. "
                        + Sentences.WARNING
                        + " Errors are application/problem+json with a stable type."));
  }
}
