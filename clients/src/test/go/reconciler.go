package main

import (
	"context"
	"fmt"

	appsv1 "k8s.io/api/apps/v1"
	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/api/meta"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	apply "k8s.io/client-go/applyconfigurations/apps/v1"
	applycore "k8s.io/client-go/applyconfigurations/core/v1"
	applymeta "k8s.io/client-go/applyconfigurations/meta/v1"
	"k8s.io/client-go/tools/events"
	ctrl "sigs.k8s.io/controller-runtime"
	"sigs.k8s.io/controller-runtime/pkg/client"
	"sigs.k8s.io/controller-runtime/pkg/controller/controllerutil"
)

const (
	owner     = client.FieldOwner("websites")
	finalizer = "go.example.com/farewell"
)

type reconciler struct {
	client.Client
	recorder events.EventRecorder
	name     string
}

func (r *reconciler) Reconcile(ctx context.Context, request ctrl.Request) (ctrl.Result, error) {
	website := &Website{}
	if err := r.Get(ctx, request.NamespacedName, website); err != nil {
		return ctrl.Result{}, client.IgnoreNotFound(err)
	}
	if !website.DeletionTimestamp.IsZero() {
		return ctrl.Result{}, r.sayFarewell(ctx, website)
	}
	if controllerutil.AddFinalizer(website, finalizer) {
		return ctrl.Result{}, r.Update(ctx, website)
	}
	if err := r.applyServers(ctx, website); err != nil {
		return ctrl.Result{}, err
	}
	return ctrl.Result{}, r.tellStatus(ctx, website)
}

// What must happen before a website is gone: a map is left behind.
func (r *reconciler) sayFarewell(ctx context.Context, website *Website) error {
	if !controllerutil.ContainsFinalizer(website, finalizer) {
		return nil
	}
	farewell := &corev1.ConfigMap{
		ObjectMeta: metav1.ObjectMeta{Namespace: website.Namespace, Name: "farewell-" + website.Name},
	}
	_, err := controllerutil.CreateOrUpdate(ctx, r.Client, farewell, func() error {
		farewell.Data = map[string]string{"text": website.Spec.Text}
		return nil
	})
	if err != nil {
		return err
	}
	before := website.DeepCopyObject().(*Website)
	controllerutil.RemoveFinalizer(website, finalizer)
	return r.Patch(ctx, website, client.MergeFrom(before))
}

// The deployment, owned, by server-side apply.
func (r *reconciler) applyServers(ctx context.Context, website *Website) error {
	settings := &corev1.ConfigMap{}
	// From the cache, which holds no other map.
	key := client.ObjectKey{Namespace: website.Namespace, Name: "settings"}
	if err := r.Get(ctx, key, settings); err != nil {
		return fmt.Errorf("the settings: %w", err)
	}
	labels := map[string]string{"website": website.Name}
	servers := apply.Deployment(website.Name, website.Namespace).
		WithOwnerReferences(applymeta.OwnerReference().
			WithAPIVersion(version.String()).WithKind("Website").WithName(website.Name).WithUID(website.UID).
			WithController(true).WithBlockOwnerDeletion(true)).
		WithSpec(apply.DeploymentSpec().
			WithReplicas(website.Spec.Replicas).
			WithSelector(applymeta.LabelSelector().WithMatchLabels(labels)).
			WithTemplate(applycore.PodTemplateSpec().
				WithLabels(labels).
				WithAnnotations(map[string]string{"text": website.Spec.Text}).
				WithSpec(applycore.PodSpec().WithContainers(
					applycore.Container().WithName("server").WithImage(settings.Data["image"])))))
	return r.Apply(ctx, servers, owner, client.ForceOwnership)
}

func (r *reconciler) tellStatus(ctx context.Context, website *Website) error {
	servers := &appsv1.Deployment{}
	if err := r.Get(ctx, client.ObjectKeyFromObject(website), servers); client.IgnoreNotFound(err) != nil {
		return err
	}
	before := website.DeepCopyObject().(*Website)
	website.Status.Ready = servers.Status.ReadyReplicas
	website.Status.ObservedGeneration = website.Generation
	ready := servers.Status.ReadyReplicas == website.Spec.Replicas
	condition := metav1.Condition{
		Type: "Ready", Status: metav1.ConditionFalse, Reason: "Starting", ObservedGeneration: website.Generation}
	if ready {
		condition.Status, condition.Reason = metav1.ConditionTrue, "Serving"
	}
	if meta.SetStatusCondition(&website.Status.Conditions, condition) && ready {
		r.recorder.Eventf(website, nil, corev1.EventTypeNormal, "Serving", "Serve",
			"%d servers say %s, says %s", website.Spec.Replicas, website.Spec.Text, r.name)
	}
	return r.Status().Patch(ctx, website, client.MergeFrom(before))
}
