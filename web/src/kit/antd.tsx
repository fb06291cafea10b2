import { useQuery } from '@tanstack/react-query';
import ConfigProvider from 'antd/es/config-provider';
import type { ReactNode } from 'react';
import { useSpeech } from '../words/lang.tsx';

/** Every pair of colours that carries words reaches 4.5 : 1; the library's own greys do not. */
const token = {
  colorPrimary: '#0b5f5a',
  colorLink: '#0b5f5a',
  colorText: '#1b2322',
  colorTextSecondary: '#4c5654',
  colorTextTertiary: '#5f6866',
  colorTextDescription: '#5f6866',
  colorTextPlaceholder: '#666f6d',
  colorTextDisabled: '#666f6d',
  colorTextQuaternary: '#666f6d',
  colorWarning: '#7a4a00',
  colorSuccess: '#1a6136',
  colorError: '#a8201a',
  colorBorder: '#8b8f8c',
  borderRadius: 8,
  fontFamily: 'inherit',
};

/** Dresses the library's components like the rest of the application. */
export function AntTheme({ children }: { children: ReactNode }) {
  const { lang } = useSpeech();
  // The library speaks English by itself; its Chinese is fetched when it is needed.
  const chinese = useQuery({
    queryKey: ['antd', 'zh'],
    queryFn: async () => (await import('antd/es/locale/zh_CN')).default,
    enabled: lang === 'zh',
  }).data;
  return (
    <ConfigProvider theme={{ token }} {...(lang === 'zh' && chinese ? { locale: chinese } : {})}>
      {children}
    </ConfigProvider>
  );
}
