import { queryOptions } from '@tanstack/react-query';
import { ask } from './client.ts';
import type { DocumentPreview } from './contract.ts';

/** A printed form as it looks now, or as it was issued. */
export const documentQuery = (caseId: string, form: string) =>
  queryOptions({
    queryKey: ['case', caseId, 'document', form],
    queryFn: () => ask<DocumentPreview>(`/cases/${caseId}/documents/${form}`),
  });

export const pdfOf = (caseId: string, form: string): string => `/api/v1/cases/${caseId}/documents/${form}.pdf`;
export const dossierOf = (caseId: string): string => `/api/v1/cases/${caseId}/dossier.zip`;
