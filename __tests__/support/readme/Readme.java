import com.hashicorp.cdktf.App;
import com.hashicorp.cdktf.TerraformStack;
import com.hashicorp.cdktf.providers.okta.provider.OktaProvider;
import com.konghq.konnect.cdktf.provider.KonnectProvider;
import com.konghq.oktadevportaloidc.Api;
import com.konghq.oktadevportaloidc.ApiPublicationOptions;
import com.konghq.oktadevportaloidc.ControlPlane;
import com.konghq.oktadevportaloidc.DevPortal;
import com.konghq.oktadevportaloidc.GatewayRouteOptions;
import com.konghq.oktadevportaloidc.GatewayService;
import com.konghq.oktadevportaloidc.OidcClientProps;
import com.konghq.oktadevportaloidc.OktaDevPortalOidc;
import com.konghq.oktadevportaloidc.ProviderVersions;
import java.util.List;
import java.util.Map;

/** The example of README.md. */
public final class Readme {
    public static void main(final String[] args) {
        final App app = new App();
        final TerraformStack stack = new TerraformStack(app, "dev-portal");
        ProviderVersions.require(stack);
        OktaProvider.Builder.create(stack, "okta").build();
        KonnectProvider.Builder.create(stack, "konnect").build();

        final ControlPlane controlPlane =
            ControlPlane.Builder.create(stack, "control-plane").name("quickstart").build();
        final GatewayService service = GatewayService.Builder.create(stack, "service")
            .controlPlane(controlPlane)
            .host("httpbin.konghq.com")
            .path("/anything")
            .build();
        service.addRoute(
            "example-route", GatewayRouteOptions.builder().paths(List.of("/anything")).build());
        final Api api = Api.Builder.create(stack, "api").name("MyAPI").gatewayService(service).build();
        final DevPortal portal = DevPortal.Builder.create(stack, "portal")
            .name("MyDevPortal")
            .autoApproveDevelopers(true)
            .autoApproveApplications(true)
            .build();

        final ApiPublicationOptions publication =
            ApiPublicationOptions.builder().api(api).portal(portal).build();
        final OktaDevPortalOidc oidc = OktaDevPortalOidc.Builder.create(stack, "oidc")
            .publications(Map.of("my-api", publication))
            .build();
        oidc.addClient(
            "portal-app",
            OidcClientProps.builder()
                .label("Dev Portal app")
                .redirectUris(List.of("https://localhost/callback"))
                .build());
        app.synth();
    }
}
