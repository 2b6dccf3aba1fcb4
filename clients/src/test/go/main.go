// Websites is an operator as people write them with controller-runtime and client-go: one of several
// leads, keeps finalizers, applies what it owns and tells the status. What it sees and does is told on
// its standard output, line by line.
package main

import (
	"flag"
	"fmt"
	"net/http"
	"os"
	"time"

	appsv1 "k8s.io/api/apps/v1"
	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/fields"
	"k8s.io/apimachinery/pkg/labels"
	"k8s.io/apimachinery/pkg/runtime"
	clientgoscheme "k8s.io/client-go/kubernetes/scheme"
	"k8s.io/client-go/rest"
	ctrl "sigs.k8s.io/controller-runtime"
	"sigs.k8s.io/controller-runtime/pkg/cache"
	"sigs.k8s.io/controller-runtime/pkg/client"
	"sigs.k8s.io/controller-runtime/pkg/log/zap"
	"sigs.k8s.io/controller-runtime/pkg/manager"
	"sigs.k8s.io/controller-runtime/pkg/metrics/server"
)

// observed tells how informers begin: with a list, or with a watch that begins with everything.
type observed struct {
	next http.RoundTripper
}

func (o observed) RoundTrip(request *http.Request) (*http.Response, error) {
	query := request.URL.Query()
	response, err := o.next.RoundTrip(request)
	if err == nil && request.Method == http.MethodGet {
		code := response.StatusCode
		switch {
		case query.Get("sendInitialEvents") == "true":
			fmt.Println("watch-list", code, response.Header.Get("Content-Type"), request.URL.Path,
				query.Get("labelSelector"), query.Get("fieldSelector"))
		case query.Has("limit") || query.Get("resourceVersion") == "0":
			fmt.Println("list", code, request.URL.Path)
		}
	}
	return response, err
}

func main() {
	name := flag.String("name", "first", "of this instance")
	namespace := flag.String("namespace", "default", "of what it looks after")
	ctrl.SetLogger(zap.New(zap.WriteTo(os.Stderr)))
	flag.Parse()
	config := ctrl.GetConfigOrDie()
	config.Wrap(func(next http.RoundTripper) http.RoundTripper { return observed{next} })
	if err := run(config, *name, *namespace); err != nil {
		fmt.Fprintln(os.Stderr, "websites:", err)
		os.Exit(1)
	}
	fmt.Println("stopped")
}

func run(config *rest.Config, name, namespace string) error {
	scheme := runtime.NewScheme()
	if err := clientgoscheme.AddToScheme(scheme); err != nil {
		return err
	}
	register(scheme)
	gold := fields.OneTermEqualSelector("spec.tier", "gold")
	settings := fields.OneTermEqualSelector("metadata.name", "settings")
	lease, renew, retry := 15*time.Second, 10*time.Second, 200*time.Millisecond
	mgr, err := ctrl.NewManager(config, manager.Options{
		Scheme:                        scheme,
		Metrics:                       server.Options{BindAddress: "0"},
		LeaderElection:                true,
		LeaderElectionID:              "websites",
		LeaderElectionNamespace:       namespace,
		LeaderElectionReleaseOnCancel: true,
		LeaseDuration:                 &lease,
		RenewDeadline:                 &renew,
		RetryPeriod:                   &retry,
		Cache: cache.Options{
			DefaultNamespaces: map[string]cache.Config{namespace: {}},
			ByObject: map[client.Object]cache.ByObject{
				&Website{}:          {Field: gold},
				&corev1.ConfigMap{}: {Field: settings},
				&corev1.Pod{}:       {Label: labels.SelectorFromSet(labels.Set{"watched": "true"})},
			},
		},
	})
	if err != nil {
		return err
	}
	err = ctrl.NewControllerManagedBy(mgr).For(&Website{}).Owns(&appsv1.Deployment{}).Complete(&reconciler{
		Client: mgr.GetClient(), recorder: mgr.GetEventRecorder("websites"), name: name})
	if err != nil {
		return err
	}
	ctx := ctrl.SetupSignalHandler()
	go func() {
		<-mgr.Elected()
		fmt.Println("leads", name)
	}()
	if err := follow(ctx, mgr, config, namespace); err != nil {
		return err
	}
	return mgr.Start(ctx)
}
