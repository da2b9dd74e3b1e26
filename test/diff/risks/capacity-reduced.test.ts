import { capacityReduced } from '../../../src/diff/risks/capacity-reduced';
import { deployment, holdsFor, object } from './risk-cases';

const replicas = (count?: number) => deployment({}, {}, { replicas: count });
const scaler = (minReplicas: number | undefined, maxReplicas: number) =>
  object('autoscaling/v2 HorizontalPodAutoscaler', { spec: { minReplicas, maxReplicas } });
const budget = (spec: object) => object('policy/v1 PodDisruptionBudget', { spec });
const sized = (cpu: string, memory = '1Gi') => deployment({ resources: { requests: { cpu }, limits: { memory } } });
const quota = (cpu: string) => object('ResourceQuota', { spec: { hard: { 'requests.cpu': cpu } } });
const job = (suspend: boolean) => object('batch/v1 CronJob', { spec: { schedule: '0 * * * *', suspend } });
const claim = (storage: string) => object('PersistentVolumeClaim', { spec: { resources: { requests: { storage } } } });

holdsFor(capacityReduced, [
  {
    name: 'fewer pods',
    risk: [replicas(4), replicas(2)],
    says: ['spec.replicas goes from 4 to 2'],
    twin: [replicas(2), replicas(4)],
  },
  {
    name: 'pods that nobody counts any more',
    risk: [replicas(4), replicas()],
    says: ['spec.replicas goes from 4 to 1, as it is not written any more'],
    twin: [replicas(), replicas(1)],
  },
  {
    name: 'less to scale to',
    risk: [scaler(2, 10), scaler(undefined, 5)],
    says: ['spec.minReplicas goes from 2 to 1, as it is not written any more', 'spec.maxReplicas goes from 10 to 5'],
    twin: [scaler(2, 5), scaler(2, 10)],
  },
  {
    name: 'a budget in percent',
    risk: [budget({ minAvailable: '80%' }), budget({ minAvailable: '50%' })],
    says: ['spec.minAvailable goes from "80%" to "50%"'],
    // One in percent and one in pods can't be held against each other.
    twin: [budget({ minAvailable: '80%' }), budget({ minAvailable: 1 })],
  },
  {
    name: 'more pods that may go',
    risk: [budget({ maxUnavailable: 1 }), budget({ maxUnavailable: 2 })],
    says: ['spec.maxUnavailable goes from 1 to 2'],
    twin: [budget({ maxUnavailable: 2 }), budget({ maxUnavailable: 1 })],
  },
  {
    name: 'smaller pods',
    risk: [sized('1', '1Gi'), sized('500m', '512Mi')],
    says: ['cpu request of container api goes from 1 to 500m', 'memory limit of container api goes from 1Gi to 512Mi'],
    twin: [sized('1000m', '1Gi'), sized('1', '2Gi')],
  },
  {
    name: 'less storage',
    risk: [claim('2Gi'), claim('1Gi')],
    says: ['spec.resources.requests.storage goes from "2Gi" to "1Gi"'],
    twin: [claim('1Gi'), claim('2Gi')],
  },
  {
    name: 'a smaller quota',
    risk: [quota('4'), quota('2')],
    says: ['requests.cpu goes from 4 to 2'],
    twin: [quota('2'), quota('4')],
  },
  {
    name: 'a job that rests',
    risk: [job(false), job(true)],
    says: ['does not run any more: it is suspended'],
    twin: [job(true), job(false)],
  },
]);
