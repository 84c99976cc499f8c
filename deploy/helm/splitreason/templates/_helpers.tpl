{{/* The labels of a part: (list $ "gateway"). */}}
{{- define "splitreason.labels" -}}
app.kubernetes.io/name: splitreason
app.kubernetes.io/instance: {{ (index . 0).Release.Name }}
app.kubernetes.io/component: {{ index . 1 }}
{{- end }}

{{/* Whether a model has several replicas, so that a router stands before them. */}}
{{- define "splitreason.routed" -}}
{{- if or (gt (int .replicas) 1) .autoscaling.enabled }}true{{ end }}
{{- end }}

{{/* What every container of ours is denied. */}}
{{- define "splitreason.confined" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
capabilities: {drop: [ALL]}
{{- end }}

{{/* A pod disruption budget and pods that spread over nodes would be idle for one replica. */}}
{{- define "splitreason.spread" -}}
topologySpreadConstraints:
  - maxSkew: 1
    topologyKey: kubernetes.io/hostname
    whenUnsatisfiable: ScheduleAnyway
    labelSelector:
      matchLabels: {{- include "splitreason.labels" . | nindent 8 }}
{{- end }}

{{/* Scales a deployment by a metric of its pods: (list $ component autoscaling least metric). */}}
{{- define "splitreason.autoscaler" -}}
{{- $root := index . 0 }}{{ $part := index . 1 }}{{ $scaling := index . 2 -}}
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata:
  name: {{ $root.Release.Name }}-{{ $part }}
  labels: {{- include "splitreason.labels" (list $root $part) | nindent 4 }}
spec:
  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: {{ $root.Release.Name }}-{{ $part }}}
  minReplicas: {{ index . 3 }}
  maxReplicas: {{ $scaling.max }}
  metrics:
    - type: Pods
      pods:
        metric: {name: {{ index . 4 }}}
        target: {type: AverageValue, averageValue: {{ $scaling.waiting | quote }}}
  behavior:
    # A pod that goes takes its caches along: not before the queue has been short for a while.
    scaleDown: {stabilizationWindowSeconds: 600}
{{- end }}
