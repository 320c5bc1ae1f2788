import com.hashicorp.cdktf.App;
import com.hashicorp.cdktf.TerraformOutput;
import com.hashicorp.cdktf.TerraformStack;
import com.hashicorp.cdktf.providers.okta.provider.OktaProvider;
import com.konghq.konnect.cdktf.provider.KonnectProvider;
import com.konghq.oktadevportaloidc.Api;
import com.konghq.oktadevportaloidc.ApiPublicationOptions;
import com.konghq.oktadevportaloidc.ClientSecretStorage;
import com.konghq.oktadevportaloidc.ControlPlane;
import com.konghq.oktadevportaloidc.DevPortal;
import com.konghq.oktadevportaloidc.GatewayRouteOptions;
import com.konghq.oktadevportaloidc.GatewayService;
import com.konghq.oktadevportaloidc.OidcClient;
import com.konghq.oktadevportaloidc.OidcClientProps;
import com.konghq.oktadevportaloidc.OktaDevPortalOidc;
import com.konghq.oktadevportaloidc.ProviderVersions;
import java.util.List;

/** The how-to. Both providers read their settings from the environment of Terraform. */
public final class Main {
    public static void main(final String[] args) {
        final App app = new App();
        final TerraformStack stack = new TerraformStack(app, "how-to");
        ProviderVersions.require(stack);
        OktaProvider.Builder.create(stack, "okta").build();
        KonnectProvider.Builder.create(stack, "konnect").build();

        // Prerequisites of the how-to: a gateway service and route, a Dev Portal, an API linked to the service.
        final ControlPlane controlPlane =
            ControlPlane.Builder.create(stack, "control-plane").name("quickstart").build();
        final GatewayService service = GatewayService.Builder.create(stack, "example-service")
            .controlPlane(controlPlane)
            .host("httpbin.konghq.com")
            .path("/anything")
            .build();
        service.addRoute(
            "example-route", GatewayRouteOptions.builder().paths(List.of("/anything")).build());
        final DevPortal portal = DevPortal.Builder.create(stack, "portal")
            .name("MyDevPortal")
            .autoApproveDevelopers(true)
            .autoApproveApplications(true)
            .build();
        final Api api = Api.Builder.create(stack, "api").name("MyAPI").gatewayService(service).build();

        // The how-to: issuer, claim, application, scope, access policy, auth strategy, publication.
        final OktaDevPortalOidc oidc = new OktaDevPortalOidc(stack, "oidc");
        oidc.publish("my-api", ApiPublicationOptions.builder().api(api).portal(portal).build());
        final OidcClient client = oidc.addClient(
            "dev-portal-app",
            OidcClientProps.builder()
                .label("Dev Portal app")
                .redirectUris(List.of("https://localhost/callback"))
                .secretStorage(ClientSecretStorage.IN_STATE)
                .build());

        TerraformOutput.Builder.create(stack, "client_id").value(client.getClientId()).build();
        TerraformOutput.Builder.create(stack, "client_secret")
            .value(client.getClientSecret())
            .sensitive(true)
            .build();

        app.synth();
    }
}
