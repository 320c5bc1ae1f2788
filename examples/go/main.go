// The how-to. Both providers read their settings from the environment of Terraform.
package main

import (
	"github.com/aws/jsii-runtime-go"
	okta "github.com/cdktf/cdktf-provider-okta-go/okta/v14/provider"
	"github.com/hashicorp/terraform-cdk-go/cdktf"
	oidc "github.com/kong/cdktf-okta-dev-portal-oidc-go/oktadevportaloidc"
	konnect "github.com/kong/konnect-cdktf-bindings-go/konnect/v3/provider"
)

func main() {
	app := cdktf.NewApp(nil)
	stack := cdktf.NewTerraformStack(app, jsii.String("how-to"))
	oidc.ProviderVersions_Require(stack, nil)
	okta.NewOktaProvider(stack, jsii.String("okta"), &okta.OktaProviderConfig{})
	konnect.NewKonnectProvider(stack, jsii.String("konnect"), &konnect.KonnectProviderConfig{})

	// Prerequisites of the how-to: a gateway service and route, a Dev Portal, an API linked to the service.
	controlPlane := oidc.NewControlPlane(stack, jsii.String("control-plane"), &oidc.ControlPlaneProps{
		Name: jsii.String("quickstart"),
	})
	service := oidc.NewGatewayService(stack, jsii.String("example-service"), &oidc.GatewayServiceProps{
		ControlPlane: controlPlane,
		Host:         jsii.String("httpbin.konghq.com"),
		Path:         jsii.String("/anything"),
	})
	service.AddRoute(jsii.String("example-route"), &oidc.GatewayRouteOptions{
		Paths: jsii.Strings("/anything"),
	})
	portal := oidc.NewDevPortal(stack, jsii.String("portal"), &oidc.DevPortalProps{
		Name:                    jsii.String("MyDevPortal"),
		AutoApproveDevelopers:   jsii.Bool(true),
		AutoApproveApplications: jsii.Bool(true),
	})
	api := oidc.NewApi(stack, jsii.String("api"), &oidc.ApiProps{
		Name:           jsii.String("MyAPI"),
		GatewayService: service,
	})

	// The how-to: issuer, claim, application, scope, access policy, auth strategy, publication.
	auth := oidc.NewOktaDevPortalOidc(stack, jsii.String("oidc"), nil)
	auth.Publish(jsii.String("my-api"), &oidc.ApiPublicationOptions{Api: api, Portal: portal})
	client := auth.AddClient(jsii.String("dev-portal-app"), &oidc.OidcClientProps{
		Label:         jsii.String("Dev Portal app"),
		RedirectUris:  jsii.Strings("https://localhost/callback"),
		SecretStorage: oidc.ClientSecretStorage_IN_STATE,
	})

	cdktf.NewTerraformOutput(stack, jsii.String("client_id"), &cdktf.TerraformOutputConfig{
		Value: client.ClientId(),
	})
	cdktf.NewTerraformOutput(stack, jsii.String("client_secret"), &cdktf.TerraformOutputConfig{
		Value:     client.ClientSecret(),
		Sensitive: jsii.Bool(true),
	})

	app.Synth()
}
