// The example of README.md.
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
	stack := cdktf.NewTerraformStack(app, jsii.String("dev-portal"))
	oidc.ProviderVersions_Require(stack, nil)
	okta.NewOktaProvider(stack, jsii.String("okta"), &okta.OktaProviderConfig{})
	konnect.NewKonnectProvider(stack, jsii.String("konnect"), &konnect.KonnectProviderConfig{})

	controlPlane := oidc.NewControlPlane(stack, jsii.String("control-plane"), &oidc.ControlPlaneProps{
		Name: jsii.String("quickstart"),
	})
	service := oidc.NewGatewayService(stack, jsii.String("service"), &oidc.GatewayServiceProps{
		ControlPlane: controlPlane,
		Host:         jsii.String("httpbin.konghq.com"),
		Path:         jsii.String("/anything"),
	})
	service.AddRoute(jsii.String("example-route"), &oidc.GatewayRouteOptions{
		Paths: jsii.Strings("/anything"),
	})
	api := oidc.NewApi(stack, jsii.String("api"), &oidc.ApiProps{
		Name:           jsii.String("MyAPI"),
		GatewayService: service,
	})
	portal := oidc.NewDevPortal(stack, jsii.String("portal"), &oidc.DevPortalProps{
		Name:                    jsii.String("MyDevPortal"),
		AutoApproveDevelopers:   jsii.Bool(true),
		AutoApproveApplications: jsii.Bool(true),
	})

	auth := oidc.NewOktaDevPortalOidc(stack, jsii.String("oidc"), &oidc.OktaDevPortalOidcProps{
		Publications: &map[string]*oidc.ApiPublicationOptions{"my-api": {Api: api, Portal: portal}},
	})
	auth.AddClient(jsii.String("portal-app"), &oidc.OidcClientProps{
		Label:        jsii.String("Dev Portal app"),
		RedirectUris: jsii.Strings("https://localhost/callback"),
	})
	app.Synth()
}
